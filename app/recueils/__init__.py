"""WHAT A FICHE MAY HOLD BESIDE THE SDM: the complementary collections (« recueils »). Pure: the engine of app/sdm.

model (Recueil, Edition) → treatments (SDM-T; treatment_course: how one goes), errance (errance and impasse),
foetopathology → definition (RECUEILS, checked at import) → record (what a fiche holds of them) → completeness (what is
missing) · timeline (a treatment told in order).

No document ever touches them (U7): an import contract keeps app.cda away from this package.
"""
