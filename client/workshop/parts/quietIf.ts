/** Makes a button that is not the next thing to do a quiet one. Mantine gives a named `filled` its own blue, so that is left out. */
export const quietIf = (quiet: boolean) => (quiet ? ({ variant: 'default' } as const) : {});
