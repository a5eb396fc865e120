import { Button, Popover } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useRoom } from '../connection/useRoom.tsx';
import { idleText, inOrderOfNeed, isStuck, type Person } from './peopleRows.ts';

/** How many are here, and a list of where each of them is, by handle. */
export function PeoplePopover() {
  const here = useRoom(({ room }) => room!.here);
  const arrived = useRoom(({ room }) => room!.arrived);
  const people = useRoom(({ driver }) => driver?.participants ?? none);
  const stuck = people.filter(isStuck).length;
  return (
    <Popover position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button
          className="driver-people"
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconUsers size={15} stroke={1.8} />}
        >
          <span className="number">
            {here === arrived ? `${here} here` : `${here} of ${arrived} here`}
            {stuck > 0 && ` · ${stuck} stuck`}
          </span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="driver-popover">
          <h2>In the room</h2>
          {people.length === 0 ? (
            <p className="driver-popover-empty">Nobody has arrived yet. The projector shows how to join.</p>
          ) : (
            <ul className="people-list">
              {inOrderOfNeed(people).map((person) => (
                <Row key={person.handle} {...person} />
              ))}
            </ul>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

const none: Person[] = [];

function Row(person: Person) {
  const { handle, here, own, answered } = person;
  return (
    <li data-away={!here || undefined}>
      <span>{handle}</span>
      <span className="people-where">{whereText(person)}</span>
      <span className="people-idle number" data-long={isStuck(person) || undefined}>
        {own && here ? idleText(own.idle) : answered && 'answered'}
      </span>
    </li>
  );
}

function whereText({ here, own }: Person): string {
  if (!here) return 'away';
  return own ? `${own.scenario}, step ${own.played} of ${own.steps}` : 'follows';
}
