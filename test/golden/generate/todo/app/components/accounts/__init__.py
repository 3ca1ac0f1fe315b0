"""Sign-up, sign-in and the people of the system"""
