"""How the product is put on a machine: the local servers, the image and the database roles."""
