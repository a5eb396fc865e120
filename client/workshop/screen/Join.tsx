import { type CSSProperties, useEffect, useState } from 'react';
import { roomAddress } from '../../ui/address.ts';
import { useRoom } from '../connection/useRoom.tsx';
import { Qr } from '../parts/Qr.tsx';
import { codeText } from '../parts/roomText.ts';
import './Join.css';

/** How to join, for the last row of the room: a short address, the code, and both as a QR code. */
export function Join() {
  const address = useRoom(({ room }) => room!.address);
  const code = useRoom(({ room }) => room!.code);
  const arrived = useRoom(({ room }) => room!.arrived);
  const stranded = useNobodyArrives(arrived);
  return (
    <main className="join">
      <div className="join-way">
        <p className="join-label">Open in your browser</p>
        <h1 className="join-address" style={{ '--letters-of-address': address.length } as CSSProperties}>
          {address}
        </h1>
        <p className="join-label">and enter the code</p>
        <p className="join-code">{codeText(code)}</p>
      </div>
      <Qr text={`http://${address}${roomAddress}#${code}`} label={`QR code of ${address} with the code of the room`} />
      <p className="join-count" role="status">
        <strong className="number">{arrived}</strong> {arrived === 1 ? 'has' : 'have'} arrived
      </p>
      <div className="join-notes">
        {stranded && (
          <p className="join-nobody">
            <strong>Nobody arrives?</strong> Guest Wi-Fi often keeps devices apart: use another network or a phone’s
            hotspot. Allow Node in the firewall of this laptop. Turn off its VPN. In WSL2, start the sandbox on Windows,
            or use mirrored networking.
          </p>
        )}
        <p>
          This is plain http: others in this network can read what is sent. Type no password that you use elsewhere. You
          need no name and no account.
        </p>
      </div>
    </main>
  );
}

const patienceMs = 60_000;

/** Returns whether nobody has arrived for a minute, since the page was opened or since the last one. */
function useNobodyArrives(arrived: number): boolean {
  const [waiting, setWaiting] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each arrival starts the minute anew
  useEffect(() => {
    setWaiting(false);
    const timer = setTimeout(() => setWaiting(true), patienceMs);
    return () => clearTimeout(timer);
  }, [arrived]);
  return waiting && arrived === 0;
}
