"""Who cares for rare diseases where: the filières, and the sites of each hospital.

`filieres` (the 23 national networks), `models` (their rows in `control`), `sites` (add one), `twin` (the test
site of a hospital), `commands`."""
