"""Django projects that host applications whose source archives bring tests but no settings to run them with."""
