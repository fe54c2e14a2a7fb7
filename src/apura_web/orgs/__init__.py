"""Units, people and offices, each by its act and with its dates; and who may do what today because of them."""
