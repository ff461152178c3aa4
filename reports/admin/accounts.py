"""Accounts: one form, with the role in words."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.http import HttpRequest

from reports.roles import ADMINS, EDITORS

ROLES = (
    ("", "Reader: follows searches by e-mail, keeps packs, corrects nothing"),
    (EDITORS, "Editor: corrects findings, scores and assessments"),
    (ADMINS, "Admin: corrects, uploads reports and manages accounts"),
)

admin.site.unregister(User)
admin.site.unregister(Group)


def role_field() -> forms.ChoiceField:
    return forms.ChoiceField(choices=ROLES, required=False, widget=forms.RadioSelect, label="Role")


class AccountForm(UserChangeForm):
    role = role_field()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["role"] = role_of(self.instance)


class NewAccountForm(AdminUserCreationForm):
    role = role_field()


def role_of(account: User) -> str:
    """The name of the account's group; if it is in both, the one with more rights."""
    names = set(account.groups.values_list("name", flat=True)) if account.pk else set()
    return next((role for role in (ADMINS, EDITORS) if role in names), "")


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Accounts, kept by admins. Only a superuser can make or change another superuser."""

    form = AccountForm
    add_form = NewAccountForm
    list_display = ["username", "first_name", "last_name", "role", "is_active", "last_login"]
    list_filter = ["groups", "is_active"]
    fieldsets = (
        (None, {"fields": ("username", "password", "role", "is_active")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("For superusers", {"fields": ("is_superuser",), "classes": ("collapse",)}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": (
                    "username",
                    "email",
                    "usable_password",
                    "password1",
                    "password2",
                    "role",
                ),
            },
        ),
    )

    @admin.display(description="role")
    def role(self, account: User) -> str:
        return dict(ROLES)[role_of(account)].partition(":")[0]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else [*fields, "is_superuser"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A role includes the right to sign in to the desk."""
        if "role" in form.data:
            obj.is_staff = bool(form.cleaned_data["role"]) or obj.is_superuser
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "role" in form.data:
            groups = Group.objects.filter(name=form.cleaned_data["role"])
            form.instance.groups.set(groups)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)


def _may_touch(request: HttpRequest, account: Any) -> bool:
    return request.user.is_superuser or account is None or not account.is_superuser
