"""What people said: finished consultations and their statements, to be cited in answers and decisions."""
