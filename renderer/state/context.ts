import { createContext } from 'svelte';
import type { AppState } from './app-state.svelte.ts';
import type { LabSession } from './lab-session.svelte.ts';

export const [getApp, setApp] = createContext<AppState>();
export const [getSession, setSession] = createContext<LabSession>();
