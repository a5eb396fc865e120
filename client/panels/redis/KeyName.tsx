import { Sid } from '../../ui/Sid.tsx';

interface Props {
  namespace: string;
  /** Without the namespace. */
  name: string;
  /** The session whose record it is; null for any other key. */
  sid: string | null;
  sids: readonly string[];
}

/** A key: what only the sandbox adds dimmed, the session id as a chip. */
export function KeyName({ namespace, name, sid, sids }: Props) {
  return (
    <span className="key-name mono">
      <span className="key-namespace">{namespace}</span>
      {sid ? (
        <>
          <span>{name.slice(0, -sid.length)}</span>
          <Sid sid={sid} sids={sids} />
        </>
      ) : (
        <span>{name}</span>
      )}
    </span>
  );
}
