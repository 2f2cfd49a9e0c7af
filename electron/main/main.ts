import { app, BrowserWindow, Menu, nativeTheme, session } from 'electron';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AttemptFolders } from '../../src/node/attempt-folders.ts';
import { Course } from '../../src/node/course.ts';
import { origin, registerAppScheme, serveApp } from './app-protocol.ts';
import { EngineHostProcess } from './engine-host-process.ts';
import { handle } from './handle.ts';
import { SettingsFile } from './settings-file.ts';

const out = join(__dirname, '..');
const root = join(out, '..');

// Tests and several installations side by side keep their data apart with this.
const dataFolder = process.env['SIDECAR_DATA'];
if (dataFolder) {
  mkdirSync(dataFolder, { recursive: true });
  app.setPath('userData', dataFolder);
}

Menu.setApplicationMenu(null);
// As root, in tests, the browser's sandbox cannot start; the window stays isolated all the same.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
registerAppScheme();

let window: BrowserWindow | undefined;

async function openWindow(): Promise<void> {
  const settings = new SettingsFile(app.getPath('userData'));
  const theme = settings.read().theme;
  if (theme !== 'contrast') nativeTheme.themeSource = theme;
  const created = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 960,
    minHeight: 600,
    useContentSize: true,
    title: 'Sidecar Lab',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1b1d21' : '#fbfbfc',
    webPreferences: {
      preload: join(out, 'preload', 'preload.cjs'),
      contextIsolation: true,
      nodeIntegration: false,
      sandbox: true,
      spellcheck: false,
    },
  });
  window = created;
  created.once('ready-to-show', () => created.show());
  created.webContents.on('did-finish-load', () => created.webContents.setZoomFactor(settings.read().zoom));
  created.on('closed', () => (window = undefined));

  const host = new EngineHostProcess(join(out, 'engine-host', 'engine-host.cjs'), created.webContents);
  const course = new Course(join(root, 'labs'));
  const attempts = new AttemptFolders(join(app.getPath('userData'), 'attempts'));
  app.on('before-quit', () => host.close());

  handle('app.info', () => ({
    version: app.getVersion(),
    engine: readFileSync(join(out, 'engine', 'engine.id'), 'utf8'),
    runtime: `Electron ${process.versions.electron}`,
    notice:
      process.env['SIDECAR_RUNTIME'] === 'test'
        ? `This window runs on Electron ${process.versions.electron} of 2023, a runtime for trying and testing only. npm start uses the current one where it can be downloaded.`
        : null,
  }));
  handle('labs.list', () => ({
    labs: course.labs().map(({ id, title, summary, minutes, objectives }) => ({
      id,
      title,
      summary,
      minutes,
      objectives,
      attempt: attempts.newest(id),
    })),
  }));
  handle('lab.open', async ({ lab, fresh }) => {
    const folder = course.folderOf(lab);
    const attempt = fresh ? attempts.create(lab) : attempts.newestOrCreate(lab);
    await host.open({ labFolder: folder, attemptFolder: attempt.folder });
    return { attempt: attempt.id };
  });
  handle('lab.interrupt', ({ console }) => {
    host.interrupt(console);
    return {};
  });
  handle('lab.close', () => {
    host.close();
    return {};
  });
  handle('settings.read', () => settings.read());
  handle('settings.write', (value) => {
    settings.write(value);
    if (value.theme !== 'contrast') nativeTheme.themeSource = value.theme;
    created.webContents.setZoomFactor(value.zoom);
    return {};
  });

  await created.loadURL(`${origin}/index.html`);
}

app.on('web-contents-created', (_event, contents) => {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
});

app.on('window-all-closed', () => app.quit());

const single = dataFolder !== undefined || app.requestSingleInstanceLock();
if (!single) app.quit();
else {
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  void app.whenReady().then(async () => {
    serveApp(join(out, 'renderer'));
    const allowed = new Set(['clipboard-sanitized-write', 'clipboard-read']);
    session.defaultSession.setPermissionRequestHandler((_contents, permission, callback) =>
      callback(allowed.has(permission)),
    );
    session.defaultSession.setPermissionCheckHandler((_contents, permission) => allowed.has(permission));
    session.defaultSession.webRequest.onBeforeRequest((details, callback) =>
      callback({
        cancel:
          !details.url.startsWith(`${origin}/`) &&
          !details.url.startsWith('devtools:') &&
          !details.url.startsWith('data:'),
      }),
    );
    await openWindow();
  });
}
