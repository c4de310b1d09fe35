/** The option of a child that is lost for good when it is deleted. Where it is switched off, a caller's own `protect` still holds. */
export function deletionProtection(given: boolean | undefined): { protect?: boolean } {
  return given === false ? {} : { protect: true };
}
