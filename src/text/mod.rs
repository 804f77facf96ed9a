//! Vietnamese text, numbers and dates: reading aids and the printed forms.
