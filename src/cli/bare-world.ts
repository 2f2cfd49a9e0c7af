/** A device out of the box, enrolled and signed in to, with nothing assigned: where commands run without `--world`. */
export const bareWorld = {
  file: 'bare world',
  text: `
start: '2026-05-12T06:00:00Z'
tenant: { name: Contoso }
users:
  - { name: AdeleVance, displayName: Adele Vance, upn: adele.vance@contoso.com }
devices:
  - id: BW-W11-5
    os: windows-11-24h2
    zone: W. Europe Standard Time
    users: [AdeleVance]
    primaryUser: AdeleVance
    agentVersion: 1.101.109.0
    disk: { size: 128, free: 71 }
    memory: 8192
    manufacturer: Microsoft Corporation
    model: Virtual Machine
timeline:
  - enrol: BW-W11-5
  - device: sign-in
    on: BW-W11-5
    data: { user: AdeleVance }
  - advance: PT2H
`,
};
