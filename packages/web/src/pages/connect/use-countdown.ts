import { useEffect, useState } from 'react';
import { announce } from '../../ui/live-region.tsx';

/** Seconds left until an instant (ms since the epoch), counting down; says when it is there, and nothing before. */
export function useCountdown(until: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (until <= Date.now()) return;
    setNow(Date.now());
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() < until) return;
      clearInterval(timer);
      announce('You can try again now.');
    }, 1000);
    return () => clearInterval(timer);
  }, [until]);
  return Math.max(0, Math.ceil((until - now) / 1000));
}
