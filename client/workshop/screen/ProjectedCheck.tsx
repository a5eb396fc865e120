import { useRoom } from '../connection/useRoom.tsx';
import { readyText } from '../parts/roomText.ts';

/** The ready check on the projector; nothing without one. */
export function ProjectedCheck() {
  const check = useRoom(({ room }) => room!.readyCheck);
  if (!check) return null;
  return (
    <p className="projected-check" role="status">
      {check.notYet > 0 && <strong>Ready to go on?</strong>} <span className="number">{readyText(check)}</span>
    </p>
  );
}
