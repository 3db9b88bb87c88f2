import sys
from tray_desk import *
from screen_desk import main
def first(programs):
    with TrayDesk(programs) as desk:
        w=Watcher(desk); n=Notices(desk)
        p=desk.spawn('--demo','--hidden'); p.wait_for('  Health ')
        desk.wait(lambda: w.items or p.process.poll() is not None,'x')
        print(p.process.poll(), p.err); i=desk.item(w,)
        for k in ('Id','Title','Status','IconName','IconThemePath','Category','AttentionIconName'): print('#',k,i.get(k))
        for l in i.read().lines(): print('# |',l)
        print('#',n.told, desk.windows())
        desk.screenshot('/tmp/tray-probe.png')
main([first])
