import { contextBridge, ipcRenderer } from 'electron';
import type { PreloadApi } from '../../src/protocol/ipc.ts';

const api: PreloadApi = {
  call: (channel, request) => ipcRenderer.invoke(channel, request),
  onHostGone: (listener) => {
    const relay = (_event: unknown, message: string) => listener(message);
    ipcRenderer.on('host-gone', relay);
    return () => ipcRenderer.off('host-gone', relay);
  },
};

contextBridge.exposeInMainWorld('sidecar', api);

// A port cannot cross the context bridge; it can be posted to the page.
ipcRenderer.on('port', (event) => {
  window.postMessage({ sidecar: 'port' }, 'app://main', event.ports);
});
