"""The frame of every page: address, plan, record, language; what pages share to show and to act."""
