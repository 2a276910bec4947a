"""Open consultations: what comes by the open link, unverified, is counted apart, and looked at for one hand
behind many answers. What is set apart stays, is counted in public, and can be let in again."""
