"""恢复密钥 on paper: four rows of digits to be locked away, and what they are for."""

from villagedesk.printing.about import About
from villagedesk.printing.paper import WIDTH, Table, gap, kept, paragraph, printed, titled
from villagedesk.printing.pen import DENSE
from villagedesk.printing.setting import Run
from villagedesk.printing.tables import label, row, value
from villagedesk.printing.titles import title

_NAME = 24.0
_ROW = 14.0
WORDS = (
    "这四行数字是打开本单位村务台数据的最后一把钥匙。所有人都忘了口令时，只有它打得开；没有它，谁也打不开，上级也不能。",
    "请两个人当面核对屏幕和纸，装进信封封好，由村党组织书记和文书共同保管，换届时移交。不要拍照，不要存进电脑和手机。",
    "每行末尾两位是校验数，抄错一位，程序会指出是哪一行。换过恢复密钥以后，这一张作废，请当面销毁。",
)


def recovery_paper(words: str, about: About) -> bytes:
    """`words` as `keys.recovery_words` gives them: four rows of a name, four groups of five digits, and a check."""
    table, rows = Table(), []
    for line in words.splitlines():
        name, *groups = line.split()
        digits = "　".join(groups)
        rows += row(
            table, [label(f"{name}行", _NAME), value([digits], WIDTH - _NAME, role="song", centred=True)], least=_ROW
        )
    strips = titled(title("恢复密钥"), about.org_name)
    strips += [gap(4.0), *kept(rows), gap(6.0)]
    for text in WORDS:
        strips += paragraph([Run(text)], DENSE)
    return printed(strips, about, title="恢复密钥", number="", seals=False)
