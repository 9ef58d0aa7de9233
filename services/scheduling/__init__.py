"""Scheduling: people, rooms, halls, vehicles and drivers, none of them booked twice for one time."""
