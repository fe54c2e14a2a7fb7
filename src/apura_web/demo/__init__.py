"""The demonstration: four institutions of real shape with people who do not exist. Imported by nobody."""
