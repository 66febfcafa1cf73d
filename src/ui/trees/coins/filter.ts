/**
 * Whether a coin's name holds one of the filter's words, in any case; words stand apart by blanks or commas. A blank filter
 * lets every coin through.
 */
export function matches(filter: string): (row: { readonly currency: string }) => boolean {
  const wanted = filter
    .toUpperCase()
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  if (wanted.length === 0) return () => true;
  return ({ currency }) => {
    const name = currency.toUpperCase();
    return wanted.some((word) => name.includes(word));
  };
}
