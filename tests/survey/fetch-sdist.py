"""Downloads one source archive without running anything in it.

`pip download` builds a source archive's metadata, which runs its setup.py or build backend. So pip's own finder and session
are used here, and with them the index, proxy and certificates that pip is configured with, but only to fetch the file.
Arguments: project name, exact file name, where to write it.
"""

import sys

from pip._internal.commands import create_command

name, wanted, target = sys.argv[1:]
command = create_command("download")
options, _ = command.parse_args(["--no-deps", "--no-binary", ":all:", "--quiet", name])
options.ignore_requires_python = True
with command.main_context():
    session = command.get_default_session(options)
    finder = command._build_package_finder(options, session, ignore_requires_python=True)
    links = [one.link for one in finder.find_all_candidates(name) if one.link.filename == wanted]
    if not links:
        sys.exit(f"the index does not list {wanted}")
    link = links[0]
    if link.is_file:
        with open(link.file_path, "rb") as source:
            content = source.read()
    else:
        # "identity": some hosts would otherwise send the archive decompressed.
        answer = session.get(link.url_without_fragment, headers={"Accept-Encoding": "identity"})
        answer.raise_for_status()
        content = answer.content
with open(target, "wb") as out:
    out.write(content)
