import '@fontsource-variable/cascadia-code/wght.css';
import '@fontsource-variable/inter/wght.css';
import '@xterm/xterm/css/xterm.css';
import './tokens.css';
import './base.css';
import '../ui/rows.css';
import { mount } from 'svelte';
import App from './App.svelte';

const target = document.getElementById('app');
if (target) mount(App, { target });
