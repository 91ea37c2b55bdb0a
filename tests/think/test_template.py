"""The template of a model's file is filled as the library that it comes with fills it."""

import datetime as dt

import pytest
from jinja2 import TemplateError
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from assistant.think.template import Template

SAID = [
    {"role": "system", "content": "Be short."},
    {"role": "user", "content": "Why is “the sky” <blue> & not \n green?"},
    {"role": "assistant", "content": "It is so."},
    {"role": "user", "content": "Ñandú?"},
]
CHATML = (
    "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content']"
    " + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}"
    "{{ '<|im_start|>assistant\n' }}{% endif %}"
)
TEMPLATES = [
    CHATML,
    "{{ bos_token }}{% for m in messages %}{% if m.role == 'system' %}{% continue %}{% endif %}"
    "{% if loop.index > 3 %}{% break %}{% endif %}{{ m.content }}{{ eos_token }}{% endfor %}",
    "{%- for m in messages %}\n    {%- if tools is none %}\n  {{ m | tojson }}\n    {%- endif %}\n"
    "{%- endfor %}\n{% if not enable_thinking %}quick{% endif %}\n",
    "{% for m in messages %}{% generation %}{{ m.content | trim }}{% endgeneration %}{% endfor %}",
    "{{ messages[0]['content'].upper() }} {{ strftime_now('%Y') }}",
]


@pytest.mark.parametrize("text", TEMPLATES)
def test_as_the_library_fills_it(text):
    own = Template(text, bos="<s>", eos="</s>")
    library = Jinja2ChatFormatter(template=text, bos_token="<s>", eos_token="</s>")
    filled = own.fill(SAID, enable_thinking=False)
    assert filled == library(messages=SAID, enable_thinking=False).prompt
    assert filled


def test_the_year_is_this_years():
    assert Template("{{ strftime_now('%Y') }}", bos="", eos="").fill([]) == str(
        dt.datetime.now().astimezone().year
    )


def test_a_template_may_refuse():
    refusing = Template("{{ raise_exception('no system role') }}", bos="", eos="")
    with pytest.raises(ValueError, match="no system role"):
        refusing.fill(SAID)


@pytest.mark.parametrize(
    "text",
    [
        "{{ messages.__class__.__mro__[1].__subclasses__() }}",
        "{{ raise_exception.__globals__ }}",
        "{{ messages.append(1) }}",
    ],
)
def test_a_file_of_somebody_reaches_nothing(text):
    try:
        filled = Template(text, bos="", eos="").fill(SAID)
    except TemplateError:
        return
    assert filled == ""  # what may not be reached is undefined


def test_no_template():
    with pytest.raises(TemplateError):
        Template("{% if %}", bos="", eos="")
