"""A throwaway Frappe site from package registries alone; see sandbox/README.md."""
