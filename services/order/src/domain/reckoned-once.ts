/** The same for the same thing, which is never changed in place: reckoned when it is first asked, and forgotten with it. For what every rule, or every line, asks. */
export const reckonedOnce = <Of extends object, Result extends object>(reckon: (of: Of) => Result): ((of: Of) => Result) => {
  const known = new WeakMap<Of, Result>();
  return (of) => {
    const reckoned = known.get(of) ?? reckon(of);
    known.set(of, reckoned);
    return reckoned;
  };
};
