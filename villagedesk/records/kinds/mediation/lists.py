"""What a mediation case is sorted by: types, sources, ends (domain §3.5)."""

from villagedesk.records.kind import Choice


class Dispute(Choice):
    """The 18 types in the order of the statistics table."""

    FAMILY = "d01", "婚姻家庭纠纷"
    NEIGHBOUR = "d02", "邻里纠纷"
    HOUSE = "d03", "房屋宅基地纠纷"
    CONTRACT = "d04", "合同纠纷"
    BUSINESS = "d05", "生产经营纠纷"
    DAMAGE = "d06", "损害赔偿纠纷"
    LAND = "d07", "山林土地纠纷"
    DEMOLITION = "d08", "征地拆迁纠纷"
    POLLUTION = "d09", "环境污染纠纷"
    WAGES = "d10", "拖欠农民工工资纠纷"
    LABOUR = "d11", "其他劳动争议纠纷"
    TRAVEL = "d12", "旅游纠纷"
    ONLINE = "d13", "电子商务纠纷"
    CONSUMER = "d14", "其他消费纠纷"
    MEDICAL = "d15", "医疗纠纷"
    TRAFFIC = "d16", "道路交通事故纠纷"
    PROPERTY = "d17", "物业纠纷"
    OTHER = "d18", "其他纠纷"


class Source(Choice):
    """How a case came."""

    OWN = "own", "主动调解"
    APPLIED = "applied", "依申请调解"
    COURT = "court", "法院委托移送"
    PROCURATOR = "procurator", "检察院委托移送"
    POLICE = "police", "公安机关委托移送"
    PETITION = "petition", "信访部门委托移送"
    OTHER = "other", "其他部门委托移送"


class Committee(Choice):
    """Who mediated."""

    VILLAGE = "village", "村调委会"
    COMMUNITY = "community", "居调委会"
    TOWN = "town", "乡镇调委会"
    STREET = "street", "街道调委会"
    COMPANY = "company", "企事业单位调委会"
    SOCIETY = "society", "社会团体和其他组织调委会"


class Grade(Choice):
    """How hard a case is; the committee judges and may change it."""

    SIMPLE = "simple", "简易"
    COMMON = "common", "一般"
    HARD = "hard", "疑难"
    MAJOR = "major", "重大"


class AgreementForm(Choice):
    """How the agreement was made."""

    ORAL = "oral", "口头协议"
    WRITTEN = "written", "书面协议"


class Result(Choice):
    """How the mediation ended."""

    SETTLED = "settled", "调解成功"
    FAILED = "failed", "调解不成"
    WITHDRAWN = "withdrawn", "当事人撤回"
    PASSED_ON = "passed_on", "移交或引导其他途径"


class Performance(Choice):
    """Whether what was agreed was done."""

    AT_ONCE = "at_once", "即时履行"
    DONE = "done", "已履行"
    PARTLY = "partly", "部分履行"
    UNDERWAY = "underway", "履行中"
    NOT = "not", "未履行"
    SUED = "sued", "反悔起诉"


class Ending(Choice):
    """Why a mediation ended without an agreement."""

    REFUSED = "refused", "一方拒绝或放弃"
    HOPELESS = "hopeless", "委员会认为无法达成"
    EVENT = "event", "发生特定事由"
    OTHER = "other", "其他"


class Route(Choice):
    """Where else the parties may go (人民调解法 art. 26)."""

    ARBITRATION = "arbitration", "仲裁"
    AUTHORITY = "authority", "行政途径"
    COURT = "court", "诉讼"


class Confirmation(Choice):
    """How far the court's confirmation of an agreement is (人民调解法 art. 33)."""

    WANTED = "wanted", "拟申请"
    APPLIED = "applied", "已申请"
    TAKEN = "taken", "已受理"
    CONFIRMED = "confirmed", "已确认"
    REJECTED = "rejected", "不予确认或驳回"
    WITHDRAWN = "withdrawn", "撤回"


class Risk(Choice):
    """How likely it is that it grows worse."""

    LOW = "low", "低"
    MIDDLE = "middle", "中"
    HIGH = "high", "高"


class Keeping(Choice):
    """How long a file is kept.  The law sets no term; to be settled with the county."""

    FOREVER = "forever", "永久"
    THIRTY = "thirty", "30年"
    TEN = "ten", "10年"


class Language(Choice):
    """What was spoken."""

    HAN = "han", "汉语"
    BUYI = "buyi", "布依语"
    MIAO = "miao", "苗语"
    OTHER = "other", "其他"
