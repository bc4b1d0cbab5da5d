/** Computes something of an object once. */
export function once<Of extends object, What>(compute: (of: Of) => What): (of: Of) => What {
  const known = new WeakMap<Of, What>();
  return (of) => {
    const it = known.get(of) ?? compute(of);
    known.set(of, it);
    return it;
  };
}
