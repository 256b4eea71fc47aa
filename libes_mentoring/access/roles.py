"""The app's roles. Their records stand in fixtures/role.json; code names them from here."""

MANAGER = "Mentoring Manager"
COORDINATOR = "Mentoring Coordinator"
SOCIAL_WORKER = "Mentoring Social Worker"
PARTNER = "Mentoring Partner"
PRIVACY_OFFICER = "Mentoring Privacy Officer"
VOLUNTEER = "Mentoring Volunteer"

DESK_ROLES = (MANAGER, COORDINATOR, SOCIAL_WORKER, PARTNER, PRIVACY_OFFICER)
ALL_ROLES = (*DESK_ROLES, VOLUNTEER)
