"""Every word that goes over the wire between Một Mối's services and their users."""
