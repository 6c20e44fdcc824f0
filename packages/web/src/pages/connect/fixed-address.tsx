import type { Registrar } from '../../api/types.gen.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Notice } from '../../ui/states.tsx';

/** Said where a registrar wants our address on its allow-list, and there is none. */
export const NO_ADDRESS = 'The operator of this deployment must switch on a fixed address first';

/** Whether a registrar takes calls from known addresses only, and this deployment has none. */
export function lacksAddress({ id, egressAddresses }: Registrar): boolean {
  return egressAddresses === undefined ? id === 'namecheap' : egressAddresses.length === 0;
}

/** Which of our addresses the registrar has to be told, if it wants any. */
export function FixedAddress({ registrar }: { readonly registrar: Registrar }) {
  if (lacksAddress(registrar)) return <Notice tone="warn">{NO_ADDRESS}</Notice>;
  const { egressAddresses: addresses = [] } = registrar;
  if (addresses.length === 0) return null;
  return (
    <Notice tone="calm">
      {addresses.map((address) => (
        <p key={address} className="flex flex-wrap items-center gap-x-1">
          Add this address to your allow-list: <code className="font-semibold text-ink">{address}</code>
          <CopyButton text={address} what={`address ${address}`} />
        </p>
      ))}
    </Notice>
  );
}
