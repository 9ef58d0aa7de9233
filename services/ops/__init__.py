"""Operations: what runs, looks after and repairs an office; the command line `motmoi`."""
