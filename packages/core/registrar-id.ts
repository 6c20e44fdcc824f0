/** The registrars that the product reads, in the order in which people see them. Folder name = id = value in data. */
export const REGISTRAR_IDS = ['godaddy', 'namecheap', 'gandi', 'porkbun', 'namecom'] as const;
export type RegistrarId = (typeof REGISTRAR_IDS)[number];

/** Where a registrar's account lives; `simulator` exists only in the local run. */
export const ENVIRONMENT_IDS = ['production', 'sandbox', 'simulator'] as const;
export type EnvironmentId = (typeof ENVIRONMENT_IDS)[number];

/** Tells whether a text is the id of a supported registrar. */
export function isRegistrarId(text: string): text is RegistrarId {
  return (REGISTRAR_IDS as readonly string[]).includes(text);
}
