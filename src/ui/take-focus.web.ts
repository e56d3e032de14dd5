/** Given as `ref` to the one field a dialog or page is opened for: the person meant to type there. */
export const takeFocus = (field: { focus: () => void } | null): void => field?.focus();
