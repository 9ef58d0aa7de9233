"""The services of Một Mối, the runtime under them and the command line over them."""
