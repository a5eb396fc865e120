import { useWindowEvent } from '@mantine/hooks';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import type { Catalogue as ScenarioList, Stores } from '../scenarios/engine/api.ts';
import { DropTarget, lazyTraceFile } from './export/openTrace.tsx';
import { Catalogue } from './pages/Catalogue.tsx';
import { Notice } from './pages/Notice.tsx';
import type { Api } from './player/serverApi.ts';
import { useApi } from './player/useApi.ts';
import {
  addressOf,
  here,
  replaceAddress,
  roomAddress,
  standardsAddress,
  traceAddress,
  tutorialAddress,
  useAsked,
  usePath,
  useSlug,
} from './ui/address.ts';
import { Confirmation } from './ui/Confirmation.tsx';
import { type Lazy, lazily, useInAdvance, useLazy } from './ui/lazily.ts';
import { hasRole } from './ui/roleStorage.ts';

// The first page is there before the others are loaded.
const lazyScenario = lazily(() => import('./pages/ScenarioPage.tsx'));
const lazyStandards = lazily(() => import('./pages/Standards.tsx'));
const lazyTutorial = lazily(() => import('./pages/Tutorial.tsx'));
const lazyTrace = lazily(() => import('./pages/TracePage.tsx'));
const loadedLater = [lazyScenario, lazyStandards, lazyTutorial, lazyTrace, lazyTraceFile];

/** The pages of a workshop. */
export interface WorkshopPages {
  room: Lazy<typeof import('./workshop/Workshop.tsx')>;
  /** The way to a workshop, on the first page. */
  offer: Lazy<typeof import('./workshop/RoomOffer.tsx')>;
}

interface Props {
  /** null where there is no server. Then its code is no part of the page either. */
  workshop: WorkshopPages | null;
}

/** The page at the current address, and what every page can do: open a trace file that is dropped on it. */
export function App({ workshop }: Props) {
  const inWorkshop = useInWorkshop();
  const page = <Page offer={workshop?.offer ?? null} />;
  useInAdvance(loadedLater);
  return (
    <>
      {workshop && inWorkshop ? (
        <Later page={workshop.room}>{({ Workshop }) => <Workshop>{page}</Workshop>}</Later>
      ) : (
        page
      )}
      <DropTarget />
      <Confirmation />
    </>
  );
}

/** Whether this page has a role in a workshop, or asks for one. Once in a workshop, its page knows what becomes of the role. */
const useInWorkshop = () => usePath().startsWith(roomAddress) || hasRole();

function Page({ offer: lazyOffer }: { offer: WorkshopPages['offer'] | null }) {
  const api = useApi();
  const recordedRun = useCallback(() => api.recordedRun(), [api]);
  const slug = useSlug();
  const path = usePath();
  const standardsAsked = useAsked(standardsAddress);
  const tutorialAsked = useAsked(tutorialAddress);
  const traceAsked = useAsked(traceAddress);
  const { offer, problem, load } = useOffer(api);
  // A trace from a file needs nothing from the server.
  if (traceAsked) return <Later page={lazyTrace}>{({ TracePage }) => <TracePage />}</Later>;
  if (!offer) {
    return problem && <Notice title="Session Sandbox" sentence={problem} action="Try again" onAction={load} />;
  }
  const { scenarios, stores } = offer;
  if (standardsAsked)
    return <Later page={lazyStandards}>{({ Standards }) => <Standards scenarios={scenarios} />}</Later>;
  if (tutorialAsked) return <Later page={lazyTutorial}>{({ Tutorial }) => <Tutorial scenarios={scenarios} />}</Later>;
  // A slug on its own is what somebody types who knows the name of the lesson. In a room, the first page is what the driver chooses from.
  const isFirst = ['', '/index.html'].includes(path) || path.startsWith(roomAddress);
  if (slug === null && !isFirst) return <Elsewhere name={path.slice(1)} {...{ scenarios, recordedRun }} />;
  if (slug === null) {
    return <Catalogue scenarios={scenarios} recordedRun={recordedRun} room={lazyOffer && <Room offer={lazyOffer} />} />;
  }
  const scenario = scenarios.find((one) => one.slug === slug);
  if (!scenario) return <Catalogue scenarios={scenarios} recordedRun={recordedRun} unknown={slug} />;
  const scenarioOffer = { scenario, scenarios, stores, onRefreshStores: load };
  return <Later page={lazyScenario}>{({ ScenarioPage }) => <ScenarioPage {...scenarioOffer} />}</Later>;
}

type ElsewhereProps = Pick<Offer, 'scenarios'> & { name: string; recordedRun: Api['recordedRun'] };

/** At an address that is none of the page: the lesson of that name, or the first page with a sentence. */
function Elsewhere({ name, scenarios, recordedRun }: ElsewhereProps) {
  const isLesson = scenarios.some(({ slug }) => slug === name);
  useEffect(() => {
    if (isLesson) replaceAddress(addressOf(name) + here().search);
  }, [isLesson, name]);
  return isLesson ? null : <Catalogue scenarios={scenarios} recordedRun={recordedRun} unknown={name} />;
}

/** The way to a workshop. The first page does not wait for it. */
function Room({ offer }: Pick<WorkshopPages, 'offer'>) {
  const { part } = useLazy(offer);
  return part && <part.RoomOffer />;
}

/** A page whose code is loaded when it is first shown, unless it was loaded in advance. */
function Later<Part>({ page, children }: { page: Lazy<Part>; children: (part: Part) => ReactNode }) {
  const { part, problem, again } = useLazy(page);
  if (part) return children(part);
  const sentence = 'This page cannot be loaded. Check whether the server is still running.';
  return problem && <Notice title="Session Sandbox" sentence={sentence} action="Try again" onAction={again} />;
}

type Offer = ScenarioList & { stores: Stores };

/**
 * Loads the scenarios and the Redis stores that the server offers. Loads them again when the learner returns to the page,
 * because they may have started a Redis in a terminal.
 */
function useOffer(api: Api): { offer: Offer | null; problem: string | null; load: () => void } {
  const [offer, setOffer] = useState<Offer | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const load = useCallback(() => {
    Promise.all([api.catalogue(), api.stores()]).then(
      ([{ scenarios }, stores]) => {
        setOffer({ scenarios, stores });
        setProblem(null);
      },
      (error: Error) => setProblem(error.message),
    );
  }, [api]);
  useEffect(load, [load]);
  useWindowEvent('focus', load);
  return { offer, problem, load };
}
