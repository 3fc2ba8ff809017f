"""The European reference networks whose registry a patient may have agreed to (GEN-320 … GEN-343, GEN-373)."""

from app.sdm.concepts import value_set
from app.sdm.oids import TA_ASIP

ERN_REGISTRY = value_set(
    "JDV_RegistresERN_CISIS",
    "1.2.250.1.213.1.1.5.799",
    [
        (TA_ASIP, code, f"Registre {name}")
        for code, name in (
            ("GEN-320", "ERN EuRREB"),
            ("GEN-321", "ERN CRANIO"),
            ("GEN-322", "ERN EpiCARE"),
            ("GEN-323", "ERN ERKReg"),
            ("GEN-324", "ERN RND"),
            ("GEN-325", "ERN EPSA"),
            ("GEN-326", "ERN LUNG"),
            ("GEN-327", "ERN ERRAS"),
            ("GEN-328", "ERN EURACAN"),
            ("GEN-329", "ERN ENROL"),
            ("GEN-330", "ERN eUROGEN"),
            ("GEN-331", "ERN Euro-NMD"),
            ("GEN-332", "ERN RED"),
            ("GEN-333", "ERN GENTURIS"),
            ("GEN-334", "ERN cond-GUARD-HEART"),
            ("GEN-335", "ERN Heart-Core"),
            ("GEN-336", "ERN ILIAD"),
            ("GEN-337", "ERN UIMD"),
            ("GEN-338", "ERN PaedCan"),
            ("GEN-339", "ERN R-Liver"),
            ("GEN-340", "ERN TogethERN"),
            ("GEN-341", "ERN RITA"),
            ("GEN-342", "ERN PETER"),
            ("GEN-343", "ERN VASCERN"),
            ("GEN-373", "Endo-ERN EuRREB"),
        )
    ],
)

VALUE_SETS = (ERN_REGISTRY,)
