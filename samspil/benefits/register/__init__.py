"""The register: which benefits there are, who owns them, and that the owner has said yes."""
