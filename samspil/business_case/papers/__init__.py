"""What is carried away from a case: papers for steering group and committee, a workbook; the result page."""
