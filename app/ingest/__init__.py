"""How articles come in: prepared in any process, written by one."""
