/** Disables a button but keeps the focus on it, which the attribute `disabled` would take away while a step plays. */
export const disabledIf = (disabled: boolean) => (disabled ? { 'aria-disabled': true, 'data-disabled': true } : {});
