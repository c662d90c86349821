"""What stands beside the value of a record."""


def header(headers: dict[str, bytes], name: str) -> str:
    if name not in headers:
        raise ValueError(f"This record is none of Cartage's: header {name} is missing.")
    return headers[name].decode()
