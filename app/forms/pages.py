"""Every page of the forms, for the application to register."""

from app.forms import act_views, draft_views, missing_code_views, new_views, restore_views, views
from app.forms.recueils import restore_views as recueil_restore_views
from app.forms.recueils import views as recueil_views

PAGES = (
    new_views,
    views,
    act_views,
    draft_views,
    restore_views,
    missing_code_views,
    recueil_views,
    recueil_restore_views,
)
