"""Boards, divisions, sites, posts, people, transfers, contacts and roles, each as of any day."""
