"""What any office needs, whatever it works on."""
