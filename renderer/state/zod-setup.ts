import { z } from 'zod';

// The content policy forbids eval, which Zod would otherwise try for speed while schemas are made. Imported before them.
z.config({ jitless: true });
