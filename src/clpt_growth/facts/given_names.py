"""Given names common in England, to tell people from places.

Names that are as often a place, a plant, a month or a plain word, such as Chelsea, Hazel and Grace, are left out:
a list of people has others.
"""

GIVEN_NAMES = frozenset(
    """
    aaron abbie abdul abdullah abigail abu adam adrian agnieszka ahmed aidan aisha alan alastair albert alex
    alexander alexandra alfie alice alison alistair amanda amara amelia amina amy andrea andrew angela anita
    ann anna anne annette annie anthony antonio arthur asha asif ayesha barbara barry beata becky ben benjamin
    bernadette bernard beth bethan bethany bradley brenda brendan brian bridget bryony callum cameron carl
    caroline catherine cathy charles charlie charlotte chloe christina christine christopher claire clare
    colin connor craig cynthia damian daniel danielle darren dave david dawid debbie deborah declan denise
    dennis derek diana diane dominic donald donna doreen dorothy duncan dylan ebony edith edward edwin eileen
    elaine eleanor elena elizabeth ella ellen ellie emily emma eric erin ethan eva evelyn ewa fatima fiona
    frances francesca frederick freya gareth gary gavin gemma geoffrey george geraldine gillian glenn glynis
    gordon graeme graham greg gregory gwen hannah harold harpreet harriet harry hassan hayley heidi helen
    helena henry hilary hugh hugo hussain iain ian ibrahim imran ines isaac isabel isabella isabelle isla
    ismail jack jackie jacob jacqueline jade jake james jamie jan jane janet janice jason javed jayne jean
    jeffrey jennifer jenny jeremy jess jessica jill jim jo joan joanna joanne joe joel john jonathan josephine
    joshua joyce judith judy julia julian julie justin kamal karen karl katarzyna kate katherine kathleen
    kathryn katie katy keith kelly kenneth kerry kevin khadija kieran kirsty kristina krzysztof kuldeep kwame
    kyle laura lauren lawrence leah leanne lee leon leonard lesley leslie lewis liam linda lindsay lisa lorna
    lorraine louis louise lucas lucy luke lydia lynn lynne maciej malcolm malgorzata mandy manjit margaret
    maria marian marianne marie marilyn marion mark martin martyn mary maryam matilda matthew maureen maurice
    maxine megan mehmet melanie melissa michael michelle mike mohamed mohammad mohammed moira molly monica
    monika morgan muhammad musa nadia nadine naomi nasreen natalie natasha nathan neil niall nicholas nicola
    nicole nigel nikki noah nora noreen nuala oliver olivia omar oscar owen pamela pat patricia patrick paul
    paula pauline peter phil philip philippa phillip phoebe piotr priya rachael rachel rajesh ralph raymond
    rebecca reece rhys richard rita robert roberta robin roger ronald rory rosemary rosie ross roy rupert
    russell ruth ryan sabrina sally sam samantha samuel sandra sanjay sara sarah scott sean sebastian shabana
    shane shannon sharon shaun sheila sian simon sofia sophia sophie stacey stefan stella stephanie stephen
    steve steven stuart sue sunita susan susannah suzanne sylvia tamara tanya tara terence teresa terry thea
    thelma theo theresa thomas tim timothy tina toby tom tomasz tony tracey tracy trevor valerie vanessa vera
    vikram vincent vivien wayne wendy wesley william winston yasmin yusuf yvonne zac zachary zainab zara zoe
    zofia
    """.split()  # noqa: SIM905 - hundreds of quoted words would be harder to read
)
